import { currentLanguage, currentMessages } from './language.svelte.ts'
import type { MessageKey, messages } from './fi.ts'
import { fill, type Filling } from './fill.ts'

export type { MessageKey }

type GapsIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | GapsIn<Rest>
  : never

type NamesIn<Text extends string> =
  GapsIn<Text> | (Text extends `${string}|${string}` ? 'count' : never)

type Gaps<Key extends MessageKey> = [NamesIn<(typeof messages)[Key]>] extends [never]
  ? []
  : [filling: Record<NamesIn<(typeof messages)[Key]>, Filling>]

/**
 * The words of the key in the language in use. In markup it follows a change of language. A gap that
 * the Finnish words name must be filled; "one|many" is chosen by `count`.
 */
export function say<Key extends MessageKey>(key: Key, ...[filling]: Gaps<Key>): string {
  return fill(currentLanguage(), currentMessages()[key] ?? key, filling ?? {})
}
