// Who is signed in, as the hub says it; asked once for all pages.
import { createContext, useContext } from "react";
import { nameOf } from "../../session/language";
import { identityOf, session } from "../../session/session";

export interface Me {
  subject: string;
  duties: string[];
  app: string | null;
  purpose: string | null;
  department: { code: string; kind: string; name: string; territory: string };
  purposes: { code: string; zh: string; en: string }[];
  stewardOf: string[];
}

export const ME = /* GraphQL */ `
  query Me {
    me {
      subject duties app purpose stewardOf
      department { code kind name territory }
      purposes { code zh en }
    }
  }
`;

export const MeContext = createContext<Me | undefined>(undefined);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === undefined) throw new Error("useMe outside of the frame");
  return me;
}

/** Demo identities have names in both languages; the hub itself tells a department's name as it is registered. */
export function useDepartmentName(): string {
  const me = useMe();
  const identity = identityOf(session.use());
  return identity ? nameOf(identity) : me.department.name;
}
