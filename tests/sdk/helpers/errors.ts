import { FacError } from '@fac/sdk';

/** The FacError an act ends with. */
export const refusalOf = async (act: () => unknown): Promise<FacError> => {
  try {
    await act();
  } catch (error) {
    if (error instanceof FacError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
