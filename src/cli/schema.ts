/** `hub schema`. */
export async function schema(_options: { write?: boolean; check?: boolean }): Promise<void> {
  throw new Error("hub schema is not built yet");
}
