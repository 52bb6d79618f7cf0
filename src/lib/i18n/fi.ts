import { carried } from './carried.ts'
import { arrival } from './fi/arrival.ts'
import { office } from './fi/office.ts'

/** Finnish defines the keys; the other languages are complete or they do not compile. */
export const messages = { ...carried, ...arrival, ...office } as const

export type MessageKey = keyof typeof messages
export type Messages = Readonly<Record<MessageKey, string>>
