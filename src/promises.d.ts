declare module 'virtual:promises' {
  /** Names of the tests that show each clause of the notice, `–` and 1 to 14. */
  export const promises: Readonly<Record<string, readonly string[]>>
}
