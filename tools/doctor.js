import { launchBeside } from './launch.js'

await launchBeside('server/examine.ts')
