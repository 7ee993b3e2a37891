using WhatsSession.Clients;
using WhatsSession.Options;

namespace WhatsSession;

/// <summary>The client. It gives you business numbers and has no state that changes.</summary>
/// <remarks>Thread safe; a singleton.</remarks>
public sealed class WhatsSessionClient : IWhatsSession
{
    private readonly WhatsSessionSettings _settings;
    private readonly ClientParts _parts;

    internal WhatsSessionClient(WhatsSessionSettings settings, ClientParts parts)
    {
        _settings = settings;
        _parts = parts;
    }

    /// <summary>The runs of follow-up sequences and the scheduled messages of all numbers.</summary>
    public SequenceRuns Sequences => _parts.SequenceRuns;

    /// <inheritdoc />
    public BusinessNumber Number(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _settings.ByName.TryGetValue(name, out var number)
            ? new BusinessNumber(number, _parts)
            : throw new ArgumentException(
                $"There is no number \"{name}\"; WhatsSession:Numbers has "
                + $"{string.Join(", ", _settings.ByName.Keys.Order(StringComparer.OrdinalIgnoreCase))}.",
                nameof(name));
    }

    /// <inheritdoc />
    public BusinessNumber Number(PhoneNumberId id) =>
        Find(id) ?? throw new ArgumentException(
            $"There is no number with the id {id}; WhatsSession:Numbers has "
            + $"{string.Join(", ", _settings.ById.Keys.Select(known => known.Value).Order(StringComparer.Ordinal))}.",
            nameof(id));

    internal BusinessNumber? Find(PhoneNumberId id) => _settings.ById.TryGetValue(id, out var number) ? new BusinessNumber(number, _parts) : null;
}
