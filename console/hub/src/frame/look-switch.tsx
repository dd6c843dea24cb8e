// Switches between light and dark.
import { MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { say } from "../../../session/language";
import { chooseLook, useDark } from "../look";

export function LookSwitch() {
  const dark = useDark();
  return (
    <Button
      className="hub-look"
      type="text"
      icon={dark ? <SunOutlined /> : <MoonOutlined />}
      aria-label={dark ? say("浅色", "Light") : say("深色", "Dark")}
      onClick={() => chooseLook(dark ? "light" : "dark")}
    />
  );
}
