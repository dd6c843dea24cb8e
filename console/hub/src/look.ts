// Light or dark: as the system says, unless a person chose; and the colours of both, dark enough or light enough to read.
import { type ThemeConfig, theme } from "antd";
import { useSyncExternalStore } from "react";
import { cell } from "../../session/cell";

export type Look = "system" | "light" | "dark";

const KEY = "hub:look";
const kept = localStorage.getItem(KEY);

export const look = cell<Look>(kept === "light" || kept === "dark" ? kept : "system");

export function chooseLook(next: Look): void {
  localStorage.setItem(KEY, next);
  look.set(next);
}

const system = window.matchMedia("(prefers-color-scheme: dark)");

function watchSystem(watcher: () => void): () => void {
  system.addEventListener("change", watcher);
  return () => system.removeEventListener("change", watcher);
}

/** Whether the page is dark now. */
export function useDark(): boolean {
  const chosen = look.use();
  const bySystem = useSyncExternalStore(watchSystem, () => system.matches);
  return chosen === "system" ? bySystem : chosen === "dark";
}

const FONT =
  '-apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

/** White letters need a darker blue than links on a dark ground do. */
const DARK_BUTTON = {
  colorPrimary: "#2b6cb8",
  colorPrimaryHover: "#3273c0",
  colorPrimaryActive: "#235a9c",
};

/** The library's paler texts fail the contrast that WCAG AA asks for: ours are stronger. */
export function themeOf(dark: boolean): ThemeConfig {
  const ink = dark ? "255,255,255" : "0,0,0";
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? "#3c89e8" : "#0b57a4",
      colorLink: dark ? "#7db2f5" : "#0b57a4",
      colorTextSecondary: `rgba(${ink},${dark ? 0.75 : 0.68})`,
      colorTextTertiary: `rgba(${ink},${dark ? 0.65 : 0.62})`,
      colorTextDescription: `rgba(${ink},${dark ? 0.7 : 0.65})`,
      colorTextPlaceholder: `rgba(${ink},${dark ? 0.6 : 0.6})`,
      fontFamily: FONT,
      colorError: dark ? "#ff7b72" : "#c1271c",
      borderRadius: 6,
    },
    ...(dark && { components: { Button: DARK_BUTTON } }),
  };
}
