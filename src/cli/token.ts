/** `hub token`: prints a demo token and nothing else, so that a shell can put it into a header. */
import { readConfig } from "../config";
import { HubError } from "../errors";
import { signDemoToken } from "../identity/demo-issuer";
import { conflictOf, type Duty, departmentOf } from "../identity/identity";

export interface TokenOptions {
  readonly department: string;
  readonly duty?: readonly Duty[];
  readonly purpose?: string;
  readonly app?: string;
}

/** Works before the hub is started, while it runs, and says nothing about whether the hub runs as a demo. */
export async function token({ department, duty = ["read"], purpose, app }: TokenOptions): Promise<void> {
  if (!departmentOf(department))
    throw new HubError("BAD_USER_INPUT", `${department} is no department code such as finance@140100000000`);
  const conflict = conflictOf(duty);
  if (conflict) throw new HubError("BAD_USER_INPUT", conflict);
  const { dataDir } = readConfig({ HUB_DATA: process.env.HUB_DATA }); // the other settings are not its business
  process.stdout.write(`${await signDemoToken(dataDir, { department, duties: duty, purpose, app })}\n`);
}
