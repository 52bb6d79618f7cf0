import type { Template } from '#contract/template.ts'
import { closing, done, goalsTouched, place, present, underPermits } from './every-note.ts'
import { flag, mandatory, text, ticks, titleOf } from './fields.ts'

export const childcareHelp: Template = {
  id: 'childcare-help',
  version: 1,
  title: titleOf(['Lastenhoitoapu', 'Barnpassningshjälp', 'Childcare help']),
  fields: [
    mandatory(
      ticks('day', ['Hoitopäivä', 'Vårddagen', 'The day'], {
        meals: ['Ruokailut', 'Måltider', 'Meals'],
        sleep: ['Päiväunet tai lepo', 'Tupplur eller vila', 'Nap or rest'],
        outdoors: ['Ulkoilu', 'Utevistelse', 'Time outdoors'],
        play: ['Leikki', 'Lek', 'Play'],
        homework: ['Läksyt', 'Läxor', 'Homework'],
        hygiene: ['Pesut ja vaipat', 'Tvätt och blöjor', 'Washing and nappies']
      })
    ),
    flag('allergies-checked', [
      'Allergiat ja ohjeet käyty läpi',
      'Allergier och anvisningar genomgångna',
      'Allergies and instructions gone through'
    ]),
    present,
    place,
    text('instructions', [
      'Vanhemman ohjeet',
      'Förälderns anvisningar',
      "The parent's instructions"
    ]),
    ...underPermits,
    goalsTouched,
    done,
    text('meals-and-sleep', ['Ruokailu ja uni', 'Måltider och sömn', 'Meals and sleep']),
    text('incidents', ['Tapaturmat ja tilanteet', 'Olycksfall och händelser', 'Incidents']),
    ...closing
  ]
}
