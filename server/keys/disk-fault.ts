const faults = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|NOMEM)/

/** Whether the disk, and not the question, is why SQLite refused. */
export function isDiskFault(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    faults.test(error.code)
  )
}
