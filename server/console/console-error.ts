/** What the operator asked for cannot be done, and why, in one line. There is nothing of a client in it. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError'
}
