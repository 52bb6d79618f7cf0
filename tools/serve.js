import { launch } from './launch.js'

await launch('server/main.ts')
