import noAccidentalBroadcast from './shapes/no-accidental-broadcast.ts';
import noActivationMismatch from './no-activation-mismatch.ts';
import noAssignInTape from './no-assign-in-tape.ts';
import noAsyncTape from './no-async-tape.ts';
import noAsyncTidy from './lifetimes/no-async-tidy.ts';
import noBroadcastGradientGap from './shapes/no-broadcast-gradient-gap.ts';
import noCallBeforeDefine from './no-call-before-define.ts';
import noComputeOutsideTape from './no-compute-outside-tape.ts';
import noConstantInitialisation from './no-constant-initialisation.ts';
import noConstantWhere from './no-constant-where.ts';
import noDeadActivation from './no-dead-activation.ts';
import noDisposeInLoop from './lifetimes/no-dispose-in-loop.ts';
import noFrozenPath from './no-frozen-path.ts';
import noGrowingMemory from './lifetimes/no-growing-memory.ts';
import noHigherOrderGap from './no-higher-order-gap.ts';
import noHostReadInTape from './no-host-read-in-tape.ts';
import noIncompleteDispose from './lifetimes/no-incomplete-dispose.ts';
import noInvalidLoss from './no-invalid-loss.ts';
import noLostRegularizer from './training/no-lost-regularizer.ts';
import noMissingDerivative from './no-missing-derivative.ts';
import noNanGradient from './training/no-nan-gradient.ts';
import noNanValue from './training/no-nan-value.ts';
import noPartialGradient from './no-partial-gradient.ts';
import noRecreatedState from './lifetimes/no-recreated-state.ts';
import noShapeMismatch from './shapes/no-shape-mismatch.ts';
import noSleepingLayer from './training/no-sleeping-layer.ts';
import noStopGradientOnTrainable from './no-stop-gradient-on-trainable.ts';
import noSuspiciousBroadcast from './shapes/no-suspicious-broadcast.ts';
import noSyncReadInTape from './no-sync-read-in-tape.ts';
import noUnappliedGradient from './no-unapplied-gradient.ts';
import noUnreachedVariable from './no-unreached-variable.ts';
import noUntrackedWeight from './no-untracked-weight.ts';
import noUnwatchedConstant from './no-unwatched-constant.ts';
import noUseAfterDispose from './lifetimes/no-use-after-dispose.ts';
import noZeroDerivative from './no-zero-derivative.ts';
import preferStableLoss from './training/prefer-stable-loss.ts';
import preferTidy from './lifetimes/prefer-tidy.ts';
import preferVariableList from './training/prefer-variable-list.ts';
import validAxis from './shapes/valid-axis.ts';
import validCustomGradient from './valid-custom-gradient.ts';
import validElementType from './shapes/valid-element-type.ts';
import validGradientCall from './valid-gradient-call.ts';
import validLayerChain from './shapes/valid-layer-chain.ts';
import validModelInput from './shapes/valid-model-input.ts';
import validOptimizerUse from './training/valid-optimizer-use.ts';
import validTrainingCall from './training/valid-training-call.ts';

export const rules = {
  'no-accidental-broadcast': noAccidentalBroadcast,
  'no-activation-mismatch': noActivationMismatch,
  'no-assign-in-tape': noAssignInTape,
  'no-async-tape': noAsyncTape,
  'no-async-tidy': noAsyncTidy,
  'no-broadcast-gradient-gap': noBroadcastGradientGap,
  'no-call-before-define': noCallBeforeDefine,
  'no-compute-outside-tape': noComputeOutsideTape,
  'no-constant-initialisation': noConstantInitialisation,
  'no-constant-where': noConstantWhere,
  'no-dead-activation': noDeadActivation,
  'no-dispose-in-loop': noDisposeInLoop,
  'no-frozen-path': noFrozenPath,
  'no-growing-memory': noGrowingMemory,
  'no-higher-order-gap': noHigherOrderGap,
  'no-host-read-in-tape': noHostReadInTape,
  'no-incomplete-dispose': noIncompleteDispose,
  'no-invalid-loss': noInvalidLoss,
  'no-lost-regularizer': noLostRegularizer,
  'no-missing-derivative': noMissingDerivative,
  'no-nan-gradient': noNanGradient,
  'no-nan-value': noNanValue,
  'no-partial-gradient': noPartialGradient,
  'no-recreated-state': noRecreatedState,
  'no-shape-mismatch': noShapeMismatch,
  'no-sleeping-layer': noSleepingLayer,
  'no-stop-gradient-on-trainable': noStopGradientOnTrainable,
  'no-suspicious-broadcast': noSuspiciousBroadcast,
  'no-sync-read-in-tape': noSyncReadInTape,
  'no-unapplied-gradient': noUnappliedGradient,
  'no-unreached-variable': noUnreachedVariable,
  'no-untracked-weight': noUntrackedWeight,
  'no-unwatched-constant': noUnwatchedConstant,
  'no-use-after-dispose': noUseAfterDispose,
  'no-zero-derivative': noZeroDerivative,
  'prefer-stable-loss': preferStableLoss,
  'prefer-tidy': preferTidy,
  'prefer-variable-list': preferVariableList,
  'valid-axis': validAxis,
  'valid-custom-gradient': validCustomGradient,
  'valid-element-type': validElementType,
  'valid-gradient-call': validGradientCall,
  'valid-layer-chain': validLayerChain,
  'valid-model-input': validModelInput,
  'valid-optimizer-use': validOptimizerUse,
  'valid-training-call': validTrainingCall,
};
