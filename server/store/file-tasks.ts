import { settleRestored } from './carry-over.ts'
import { compactRegister, copyRegister, inspectRegister, markSafe } from './register-file.ts'

/** What reads or writes whole files, and would hold up whoever waits for an answer. */
export const fileTasks = {
  copyRegister,
  inspectRegister,
  markSafe,
  compactRegister,
  settleRestored
}

export type FileTasks = typeof fileTasks
