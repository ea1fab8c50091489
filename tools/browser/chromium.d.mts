export interface FoundBrowser {
  executablePath: string;
  /** Where its libraries and fonts are. */
  env: Record<string, string>;
}

/** The browser that tests and pictures use, unpacked when it is not there yet. @throws an Obstacle where there is none */
export function findBrowser(environment?: NodeJS.ProcessEnv): Promise<FoundBrowser>;
export function fontSettings(folder: string): string;
export const browserArguments: string[];
