/** One line for the operator: what is wrong and what to do. There is nothing of a client in it. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}
