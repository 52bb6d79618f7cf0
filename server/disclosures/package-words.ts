import type { Moment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { Language, Title } from '#contract/text.ts'
import { dateTimeOnPaper, dayOnPaper, hoursOnPaper, timeOnPaper } from '#server/paper/format.ts'
import { sayOnPaper, type PaperKey } from '#server/paper/words.ts'
import type { Exception } from '#contract/exception.ts'
import type { PackageSource } from './package-source.ts'

/** Whose ids are named, and in which language. */
export type Named = Pick<PackageSource, 'people' | 'organisation'> & { readonly language: Language }

/** Says what the source holds in the language of the paper. */
export class PackageWords {
  readonly #source: Named

  constructor(source: Named) {
    this.#source = source
  }

  say(key: PaperKey, filling: Readonly<Record<string, string | number>> = {}): string {
    return sayOnPaper(this.#source.language, key, filling)
  }

  readonly day = dayOnPaper

  when(moment: Moment): string {
    return dateTimeOnPaper(this.#source.language, moment)
  }

  time(moment: Moment): string {
    return timeOnPaper(this.#source.language, moment)
  }

  hours(minutes: number): string {
    return hoursOnPaper(this.#source.language, minutes)
  }

  title(title: Title): string {
    return title[this.#source.language]
  }

  name(user: UserId): string {
    return this.#source.people.get(user) ?? this.say('package.unknownPerson')
  }

  organiser(id: string): string {
    return this.#source.organisation.organisers.find((one) => one.id === id)?.name ?? id
  }

  product(id: string): string {
    const product = this.#source.organisation.products.find((one) => one.id === id)
    return product ? this.title(product.title) : id
  }

  yesOrNo(value: boolean): string {
    return this.say(value ? 'package.yes' : 'package.no')
  }

  exception({ codes, reason, by, at }: Exception): string {
    return this.say('package.exceptionValue', {
      codes: codes.map((code) => this.say(`exception.${code}`)).join(', '),
      reason,
      name: this.name(by),
      when: this.when(at)
    })
  }
}
