// The head of a page, and its parts with headings.
import type { ReactNode } from "react";

export function Page({
  title,
  sub,
  back,
  actions,
  children,
}: {
  title: ReactNode;
  sub?: ReactNode;
  /** A link to where one came from. */
  back?: { href: string; text: string };
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <article className="hub-page">
      {back && (
        <a className="hub-back" href={back.href}>
          ‹ {back.text}
        </a>
      )}
      <header className="hub-page-head">
        <div>
          <h1>{title}</h1>
          {sub && <p className="hub-quiet">{sub}</p>}
        </div>
        {actions && <div className="hub-actions">{actions}</div>}
      </header>
      {children}
    </article>
  );
}

export function Part({
  id,
  title,
  sub,
  actions,
  children,
}: {
  /** Names the part for tests and for links. */
  id: string;
  title: ReactNode;
  sub?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="hub-part" data-part={id} aria-labelledby={`part-${id}`}>
      <header>
        <h2 id={`part-${id}`}>{title}</h2>
        {actions && <div className="hub-actions">{actions}</div>}
      </header>
      {sub && <p className="hub-quiet">{sub}</p>}
      {children}
    </section>
  );
}
