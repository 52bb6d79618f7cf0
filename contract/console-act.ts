/** What is done at the server's own console, beside a server that is stopped, as the log of acts keeps it. */
export const consoleActs = [
  'console/keys-rotate',
  'console/user',
  'console/main-user',
  'console/device-revoked',
  'console/device-returned',
  'console/clock'
] as const

export type ConsoleAct = (typeof consoleActs)[number]
