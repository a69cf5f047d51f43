import { App } from 'aws-cdk-lib';
import { buildKerf } from './kerf.ts';
import { builtPages, readSettings } from './settings.ts';

const app = new App();
const settings = readSettings(app);
buildKerf(app, settings, builtPages(settings));
