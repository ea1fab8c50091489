import { createContext, useContext } from 'react';

/** The university's zone; the browser's own until the console has told it. */
export const Zone = createContext<string | undefined>(undefined);
export const useZone = (): string | undefined => useContext(Zone);
