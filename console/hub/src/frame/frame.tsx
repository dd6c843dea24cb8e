// The frame around every room: the bar at the top, the menu beside or behind a button, the room itself.
import { MenuOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import { Suspense, useEffect, useRef, useState } from "react";
import { nameOf, say, switchLanguage } from "../../../session/language";
import { session } from "../../../session/session";
import { roomOf } from "../rooms";
import { usePlace } from "../router";
import { Empty, Loading } from "../states";
import { Boundary } from "./boundary";
import { LookSwitch } from "./look-switch";
import { Menu } from "./menu";
import { Who } from "./who";

function Bar({ openMenu }: { openMenu(): void }) {
  return (
    <header className="hub-bar">
      <Button
        className="hub-menu-button"
        type="text"
        icon={<MenuOutlined />}
        aria-label={say("菜单", "Menu")}
        onClick={openMenu}
      />
      <a className="hub-brand" href="#/">
        {say("社区信息共享平台", "Community Hub")}
      </a>
      <div className="hub-bar-end">
        <Who />
        <LookSwitch />
        <Button className="hub-language" type="text" onClick={switchLanguage} lang={say("en", "zh-CN")}>
          {say("English", "中文")}
        </Button>
      </div>
    </header>
  );
}

/** A room begins anew when another place or another identity is chosen. */
function OpenRoom() {
  const place = usePlace();
  const { token, purpose } = session.use();
  const room = roomOf(place.room);
  const main = useRef<HTMLElement>(null);
  const address = [place.room, ...place.rest].join("/");
  const shown = useRef(address);
  useEffect(() => {
    document.title = room ? `${nameOf(room)} · ${say("社区信息共享平台", "Community Hub")}` : document.title;
    if (shown.current === address) return;
    shown.current = address;
    // A reader by ear hears the new page from its beginning; one by eye sees its top.
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [address, room]);
  const Page = room?.page;
  return (
    <main id="main" ref={main} tabIndex={-1} className="hub-main">
      {Page === undefined ? (
        <Empty action={<a href="#/">{say("回到首页", "Go to the first page")}</a>}>
          {say(`没有这一页：${place.room}`, `There is no such page: ${place.room}`)}
        </Empty>
      ) : (
        <Boundary key={`${address} ${token} ${purpose}`}>
          <Suspense fallback={<Loading />}>
            <Page rest={place.rest} query={place.query} />
          </Suspense>
        </Boundary>
      )}
    </main>
  );
}

export function Frame() {
  const [menu, setMenu] = useState(false);
  const { room } = usePlace();
  const close = () => setMenu(false);
  const skip = () => document.getElementById("main")?.focus();
  return (
    <div className="hub-frame">
      <button type="button" className="hub-skip" onClick={skip}>
        {say("跳到正文", "Skip to the content")}
      </button>
      <Bar openMenu={() => setMenu(true)} />
      <div className="hub-beside">
        <Menu current={room} />
      </div>
      <Drawer
        open={menu}
        onClose={close}
        placement="left"
        size={260}
        title={say("菜单", "Menu")}
        rootClassName="hub-menu-drawer"
      >
        <Menu current={room} onChosen={close} />
      </Drawer>
      <OpenRoom />
    </div>
  );
}
