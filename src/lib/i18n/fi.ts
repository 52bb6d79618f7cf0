import { atOffice } from './at-office.ts'
import { carried } from './carried.ts'
import { account } from './fi/account.ts'
import { arrival } from './fi/arrival.ts'
import { browser } from './fi/browser.ts'
import { changes } from './fi/changes.ts'
import { locking } from './fi/locking.ts'
import { lost } from './fi/lost.ts'
import { notice } from './fi/notice.ts'
import { ownLog } from './fi/own-log.ts'
import { ready } from './fi/ready.ts'
import { scanning } from './fi/scanning.ts'
import { sheet } from './fi/sheet.ts'
import { visiting } from './fi/visiting.ts'
import { ways } from './fi/ways.ts'

/** Finnish defines the keys; the other languages are complete or they do not compile. */
export const messages = {
  ...carried,
  ...account,
  ...arrival,
  ...browser,
  ...changes,
  ...atOffice,
  ...ready,
  ...scanning,
  ...sheet,
  ...lost,
  ...notice,
  ...ownLog,
  ...visiting,
  ...locking,
  ...ways
} as const

export type MessageKey = keyof typeof messages
export type Messages = Readonly<Record<MessageKey, string>>
