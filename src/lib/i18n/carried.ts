import { door } from './fi/door.ts'
import { field } from './fi/field.ts'
import { problems } from './fi/problems.ts'
import { words } from './fi/words.ts'

/** The Finnish that every device carries from its first moment; the rest comes with the screens that say it. */
export const carried = { ...words, ...problems, ...door, ...field } as const
