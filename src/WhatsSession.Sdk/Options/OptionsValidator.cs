using Microsoft.Extensions.Options;

namespace WhatsSession.Options;

/// <summary>
/// Checks the options as a whole, and tells all failures in one text, a line each. Each quotes key, value (of a secret its length only) and fix.
/// </summary>
internal sealed class OptionsValidator : IValidateOptions<WhatsSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, WhatsSessionOptions options)
    {
        var checks = new OptionsChecks(options);
        checks.Run();
        return checks.Failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join('\n', checks.Failures));
    }
}
