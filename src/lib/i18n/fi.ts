import { door } from './fi/door.ts'
import { field } from './fi/field.ts'
import { office } from './fi/office.ts'
import { problems } from './fi/problems.ts'
import { words } from './fi/words.ts'

/** Finnish defines the keys; the other languages are complete or they do not compile. */
export const messages = { ...words, ...problems, ...door, ...field, ...office } as const

export type MessageKey = keyof typeof messages
export type Messages = Readonly<Record<MessageKey, string>>
