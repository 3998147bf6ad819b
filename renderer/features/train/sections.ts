import type { ParamDeclaration } from '../../../shared/model/train-spec.ts';

type Named = Pick<ParamDeclaration, 'name'>;

const classNames = ['imbalance', 'focal_gamma', 'threshold', 'sensitivity_target'];
const costNames = ['importance_repeats'];

/** Params about unequal classes and where a score is called positive: every recipe that tells classes apart has them. */
export const isAboutClasses = ({ name }: Named) => classNames.includes(name);

/** Params that cost time without changing the model. */
export const isAboutCost = ({ name }: Named) => costNames.includes(name);

/** What is the recipe's own. */
export const isOwnParam = (param: Named) => !isAboutClasses(param) && !isAboutCost(param);
