/** The mnemonics `clarinet new` writes into settings/Devnet.toml of every project: known to everybody. */
export const DEFAULT_MNEMONICS: Readonly<Record<string, string>> = {
  deployer:
    'twice kind fence tip hidden tilt action fragile skin nothing glory cousin green tomorrow spring wrist shed math olympic multiply hip blue scout claw',
  wallet_1:
    'sell invite acquire kitten bamboo drastic jelly vivid peace spawn twice guilt pave pen trash pretty park cube fragile unaware remain midnight betray rebuild',
  wallet_2:
    'hold excess usual excess ring elephant install account glad dry fragile donkey gaze humble truck breeze nation gasp vacuum limb head keep delay hospital',
  wallet_3:
    'cycle puppy glare enroll cost improve round trend wrist mushroom scorpion tower claim oppose clever elephant dinosaur eight problem before frozen dune wagon high',
  wallet_4:
    'board list obtain sugar hour worth raven scout denial thunder horse logic fury scorpion fold genuine phrase wealth news aim below celery when cabin',
  wallet_5:
    'hurry aunt blame peanut heavy update captain human rice crime juice adult scale device promote vast project quiz unit note reform update climb purchase',
  wallet_6:
    'area desk dutch sign gold cricket dawn toward giggle vibrant indoor bench warfare wagon number tiny universe sand talk dilemma pottery bone trap buddy',
  wallet_7:
    'prevent gallery kind limb income control noise together echo rival record wedding sense uncover school version force bleak nuclear include danger skirt enact arrow',
  wallet_8:
    'female adjust gallery certain visit token during great side clown fitness like hurt clip knife warm bench start reunion globe detail dream depend fortune',
  faucet:
    'shadow private easily thought say logic fault paddle word top book during ignore notable orange flight clock image wealth health outside kitten belt reform',
};

/** Accounts asked for beyond those of the project, one per index; the mnemonic other chains' test nodes use. */
export const EXTRA_MNEMONIC = 'test test test test test test test test test test test junk';

/** 100 million STX. */
export const DEFAULT_BALANCE_USTX = 100_000_000_000_000n;
/** microSTX per byte of a contract. */
export const DEFAULT_FEE_RATE_USTX = 10n;
