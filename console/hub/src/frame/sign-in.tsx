// Asks for a token where nobody is signed in: the hub is not in demo mode, and no proxy in front passes a token on.
import { Alert, Button, Form, Input } from "antd";
import { say, switchLanguage } from "../../../session/language";
import { acceptToken, session } from "../../../session/session";
import type { Fault } from "../ask";

export function SignIn({ refused }: { refused: Fault | undefined }) {
  const { token } = session.use();
  return (
    <main className="hub-alone">
      <h1>{say("社区信息共享平台", "Community Hub")}</h1>
      <p>
        {say(
          "请粘贴统一身份认证签发的令牌。令牌只留在本标签页，关闭即失效。",
          "Paste the token that your city's sign-on gave you. It stays in this tab alone and is gone when you close it.",
        )}
      </p>
      {refused && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={refused.message}
          description={refused.hint}
          className="hub-problem"
        />
      )}
      <Form
        layout="vertical"
        initialValues={{ token }}
        onFinish={(values: { token: string }) => acceptToken(values.token)}
      >
        <Form.Item
          label={say("令牌", "Token")}
          name="token"
          rules={[{ required: true, message: say("请粘贴令牌", "Paste a token") }]}
        >
          <Input.Password autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {say("登录", "Sign in")}
        </Button>
        <Button type="link" onClick={switchLanguage}>
          {say("English", "中文")}
        </Button>
      </Form>
    </main>
  );
}
