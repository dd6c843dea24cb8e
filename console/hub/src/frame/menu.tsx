// The rooms that exist, as links.
import { nameOf, say } from "../../../session/language";
import { ROOMS } from "../rooms";
import { to } from "../router";

export function Menu({ current, onChosen }: { current: string; onChosen?: () => void }) {
  return (
    <nav className="hub-menu" aria-label={say("栏目", "Rooms")}>
      <ul>
        {ROOMS.map((room) => (
          <li key={room.path}>
            <a
              href={to(room.path === "" ? [] : [room.path])}
              aria-current={room.path === current ? "page" : undefined}
              onClick={onChosen}
            >
              <room.icon />
              <span>{nameOf(room)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
