import type { Template } from '#contract/template.ts'
import { closing, done, goalsTouched, place, present, underPermits } from './every-note.ts'
import { mandatory, rows, text, ticks, titleOf } from './fields.ts'

export const supportPerson: Template = {
  id: 'support-person',
  version: 1,
  title: titleOf(['Tukihenkilö', 'Stödperson', 'Support person']),
  fields: [
    mandatory(
      ticks('activity', ['Tekeminen', 'Aktivitet', 'Activity'], {
        outdoors: ['Ulkoilu tai liikunta', 'Utevistelse eller motion', 'Outdoors or sport'],
        hobby: ['Harrastus', 'Hobby', 'Hobby'],
        culture: ['Kulttuuri tai retki', 'Kultur eller utflykt', 'Culture or a trip'],
        play: ['Pelaaminen tai leikki', 'Spel eller lek', 'Games or play'],
        school: ['Koulutehtävät', 'Skoluppgifter', 'School work'],
        cooking: ['Ruoanlaitto', 'Matlagning', 'Cooking'],
        talk: ['Keskustelu', 'Samtal', 'Talking']
      })
    ),
    present,
    place,
    ...underPermits,
    goalsTouched,
    done,
    text('child-experience', ['Lapsen kokemus', 'Barnets upplevelse', "The child's experience"]),
    rows('expenses', ['Kulut', 'Utgifter', 'Expenses'], {
      what: { words: ['Mihin', 'Till vad', 'What for'] },
      amount: { words: ['Summa', 'Belopp', 'Amount'] },
      payer: { words: ['Kuka maksoi', 'Vem betalade', 'Who paid'] }
    }),
    ...closing
  ]
}
