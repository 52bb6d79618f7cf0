import { say } from '#lib/i18n/say.ts'

const numbers = [2, 3, 4, 5, 6] as const

/** Among how many, as people say it. */
export function manyWords(count: number): string {
  const number = numbers.find((one) => one === count)
  return number ? say(`split.many.${number}`) : String(count)
}
