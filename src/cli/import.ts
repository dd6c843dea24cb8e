/** `hub import`. */
export interface ImportOptions {
  readonly department: string;
  readonly dryRun?: boolean;
  readonly rows?: boolean;
  readonly refused?: string;
  readonly resume?: boolean;
}

export async function importFile(_dataset: string, _file: string, _options: ImportOptions): Promise<void> {
  throw new Error("hub import is not built yet");
}
