/** Where the hub posts to: hosts that its operators named, and no machine of its own behind their names. */
import { lookup as resolve } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { isLoopback } from "../../config";
import { HubError } from "../../errors";

export interface Allowed {
  /** As in addresses, with the port where it is not that of https. */
  readonly hosts: readonly string[];
  /** Posts to this machine itself: in a demo alone. */
  readonly loopback: boolean;
}

const LONGEST = 2_000;

/** The address if it may be posted to, else a refusal that says what would do. */
export function checkAddress(text: string, { hosts, loopback }: Allowed): URL {
  const refuse = (message: string) => new HubError("BAD_USER_INPUT", message, { argument: "url" });
  const url = URL.canParse(text) && text.length <= LONGEST ? new URL(text) : undefined;
  if (!url || url.username || url.password || url.hash)
    throw refuse("url 须为不含账号的 https 地址。It is an https address without an account in it");
  const own = isLoopback(url.hostname) && loopback;
  if (url.protocol !== "https:" && !(url.protocol === "http:" && own))
    throw refuse("只向 https 地址投递。Only https addresses are posted to");
  if (!hosts.includes(url.host) || (!own && isClosed(bare(url.hostname))))
    throw refuse(
      `平台未开放向 ${url.host} 投递，请平台管理员在 HUB_WEBHOOK_HOSTS 中开放。The hub posts to no host ${url.host}: its operators open one by HUB_WEBHOOK_HOSTS`,
    );
  return url;
}

const bare = (host: string) => host.replace(/^\[|\]$/g, "");

const closed = new BlockList();
closed.addSubnet("0.0.0.0", 8, "ipv4");
closed.addSubnet("127.0.0.0", 8, "ipv4");
closed.addSubnet("169.254.0.0", 16, "ipv4");
closed.addSubnet("224.0.0.0", 3, "ipv4");
closed.addAddress("100.100.100.200", "ipv4");
closed.addSubnet("::", 96, "ipv6");
closed.addSubnet("64:ff9b::", 96, "ipv6");
closed.addSubnet("fe80::", 10, "ipv6");
closed.addSubnet("ff00::", 8, "ipv6");

/** This machine itself, its link, a cloud's data of its machines, everybody at once, and IPv4 in other clothes. Names are asked anew when they are connected to. */
export function isClosed(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return isLoopback(address);
  return closed.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Looks a name up for a connection: an address that is closed is as good as none, whatever the name says by now. */
export function lookupIn({ loopback }: Allowed): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, "", 4);
      const open = loopback ? found : found.filter(({ address }) => !isClosed(address));
      const [first] = open;
      if (!first) return callback(new Error("the name leads to a closed address"), "", 4);
      if (options.all) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };
}
