import { atOffice } from './at-office.ts'
import { carried } from './carried.ts'
import { account } from './fi/account.ts'
import { arrival } from './fi/arrival.ts'
import { notice } from './fi/notice.ts'
import { scanning } from './fi/scanning.ts'
import { visiting } from './fi/visiting.ts'
import { ways } from './fi/ways.ts'

/** Finnish defines the keys; the other languages are complete or they do not compile. */
export const messages = {
  ...carried,
  ...account,
  ...arrival,
  ...atOffice,
  ...scanning,
  ...notice,
  ...visiting,
  ...ways
} as const

export type MessageKey = keyof typeof messages
export type Messages = Readonly<Record<MessageKey, string>>
