// Keeps the frame standing when a room fails while it is drawn or cannot be loaded.
import { Alert, Button } from "antd";
import { Component, type ReactNode } from "react";
import { say } from "../../../session/language";

export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={say("这一页未能显示", "This page could not be shown")}
        description={say(
          "平台可能刚刚升级，请重新载入；仍不行请告诉平台管理员。",
          "The hub may have just been upgraded: reload. If it fails again, tell the operators.",
        )}
        action={
          <Button size="small" onClick={() => location.reload()}>
            {say("重新载入", "Reload")}
          </Button>
        }
      />
    );
  }
}
