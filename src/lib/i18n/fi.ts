import { atOffice } from './at-office.ts'
import { carried } from './carried.ts'
import { arrival } from './fi/arrival.ts'
import { browser } from './fi/browser.ts'
import { notice } from './fi/notice.ts'
import { scanning } from './fi/scanning.ts'
import { visiting } from './fi/visiting.ts'

/** Finnish defines the keys; the other languages are complete or they do not compile. */
export const messages = {
  ...carried,
  ...arrival,
  ...browser,
  ...atOffice,
  ...scanning,
  ...notice,
  ...visiting
} as const

export type MessageKey = keyof typeof messages
export type Messages = Readonly<Record<MessageKey, string>>
