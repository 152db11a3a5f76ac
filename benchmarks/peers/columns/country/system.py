"""The country package as a system that OpenFisca-core, or PolicyEngine-core, can run."""

import pathlib

from country import CORE, core
from country.rules import VARIABLES, Person

TaxBenefitSystem = core("taxbenefitsystems").TaxBenefitSystem
PARAMETERS = str(pathlib.Path(__file__).parent / "parameters")


class PolicyEngineSystem(TaxBenefitSystem):
    entities = [Person]
    parameters_dir = PARAMETERS
    auto_carry_over_input_variables = False


def system():
    if CORE == "policyengine_core":
        result = PolicyEngineSystem()
    else:
        result = TaxBenefitSystem([Person])
        result.load_parameters(PARAMETERS)
    for variable in VARIABLES:
        result.add_variable(variable)
    return result
