import * as routes from '#contract/routes/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { shownShop } from './shown-shop.ts';

export const getShop = implement(routes.getShop, ({ caller }) => shownShop(inShop(caller).t));
