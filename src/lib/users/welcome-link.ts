/** The code stands after the #, which no server or log ever sees. */
export const welcomeLink = (code: string): string => `${location.origin}/welcome#${code}`
