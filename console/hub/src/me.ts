// Who is signed in, as the hub says it; asked once for all pages.
import { createContext, useContext } from "react";

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
