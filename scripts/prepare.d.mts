export const ROOT: string;
export function prepare(): Promise<void>;
export function runPinned(args: readonly string[], options?: { env?: NodeJS.ProcessEnv }): Promise<number>;
export function runScript(script: () => Promise<number>): Promise<void>;
