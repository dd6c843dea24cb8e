// The two icons of the hub's own panels, drawn in the manner of GraphiQL's.
import type { ReactNode } from "react";

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function ExampleIcon() {
  return (
    <Icon>
      <path d="M4 4h16v12H10l-4 4v-4H4z" />
      <path d="M8 8.5h8M8 12h5" strokeLinecap="round" />
    </Icon>
  );
}

export function AccessIcon() {
  return (
    <Icon>
      <path d="M12 3l7 3v5c0 4.6-2.9 8-7 10-4.1-2-7-5.4-7-10V6z" />
      <path d="M9 12l2.2 2.2L15.5 10" strokeLinecap="round" />
    </Icon>
  );
}
