/** `hub serve`. */
export async function serve(): Promise<void> {
  throw new Error("hub serve is not built yet");
}
