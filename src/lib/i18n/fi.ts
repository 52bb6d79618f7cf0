import { carried } from './carried.ts'
import { office } from './fi/office.ts'

/** Finnish defines the keys; the other languages are complete or they do not compile. */
export const messages = { ...carried, ...office } as const

export type MessageKey = keyof typeof messages
export type Messages = Readonly<Record<MessageKey, string>>
