/** `hub migration`. */
export async function migration(_name: string): Promise<void> {
  throw new Error("hub migration is not built yet");
}
