using Microsoft.Extensions.Options;

namespace WhatsSession.Handling;

/// <summary>Checks that the options know the numbers that the registrations of handlers speak of.</summary>
internal sealed class HandledNumbersValidator(IEnumerable<HandlerBinding> handlers) : IValidateOptions<WhatsSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, WhatsSessionOptions options)
    {
        var known = string.Join(", ", options.Numbers.Keys.Order(StringComparer.OrdinalIgnoreCase));
        var failures = handlers.SelectMany(static handler => handler.NamedNumbers)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(number => !options.Numbers.ContainsKey(number))
            .Select(number => $"Handlers are registered for the number \"{number}\", but {options.KeyOf("Numbers")} has {known}; name one of them.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
