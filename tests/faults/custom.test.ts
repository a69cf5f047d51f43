import { faults } from './faults.ts';
import { proveFaults } from './prove.ts';

proveFaults(faults.custom, () => import('../integration/lifecycle-custom.test.ts'));
