/** `hub seed`. */
export async function seed(_options: { scale: "none" | "demo" | "city" }): Promise<void> {
  throw new Error("hub seed is not built yet");
}
