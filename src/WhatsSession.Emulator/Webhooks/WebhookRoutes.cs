using System.Collections.Concurrent;
using WhatsSession.Emulator.Numbers;

namespace WhatsSession.Emulator.Webhooks;

/// <summary>Who gets which webhook: for the field <c>messages</c> the number's own callback, else its account's; else the app's.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override, read 10 March 2026.</remarks>
internal sealed class WebhookRoutes(NumberDirectory numbers)
{
    private readonly ConcurrentDictionary<string, HttpTarget> _overrides = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unsubscribed = new(StringComparer.Ordinal);
    private volatile IWebhookTarget? _app;

    public IWebhookTarget? App
    {
        get => _app;
        set => _app = value;
    }

    /// <summary>Sends the webhooks of a number, of an account, or of all to a target from now on.</summary>
    /// <param name="id">Of the number or the account; null for all.</param>
    /// <param name="target">Null for none, or none of its own.</param>
    /// <exception cref="ArgumentException">The emulator does not serve that id.</exception>
    public void Connect(string? id, HttpTarget? target)
    {
        if (id is null)
        {
            _app = target;
            return;
        }

        if (!numbers.Serves(id))
        {
            throw new ArgumentException($"'{id}' is neither a phone number id nor a business account id that the emulator serves.", nameof(id));
        }

        Override(id, target);
    }

    /// <param name="id">Of a number or an account.</param>
    /// <param name="target">Null for none of its own.</param>
    public void Override(string id, HttpTarget? target)
    {
        if (target is null)
        {
            _overrides.TryRemove(id, out _);
        }
        else
        {
            _overrides[id] = target;
        }
    }

    /// <summary>Whether a target gets webhooks.</summary>
    public bool Has(HttpTarget target) => _app == target || _overrides.Values.Contains(target);

    /// <summary>Every override, by the id of its number or account.</summary>
    public IReadOnlyList<(string Id, HttpTarget Target)> Overrides =>
        [.. _overrides.Select(static o => (o.Key, o.Value)).OrderBy(static o => o.Key, StringComparer.Ordinal)];

    /// <summary>Whether the app gets the webhooks of an account; an account starts with the app subscribed.</summary>
    public bool IsSubscribed(string accountId) => !_unsubscribed.ContainsKey(accountId);

    public void Subscribe(string accountId, bool on)
    {
        if (on)
        {
            _unsubscribed.TryRemove(accountId, out _);
        }
        else
        {
            _unsubscribed[accountId] = true;
        }
    }

    public Uri? OverrideOf(string id) => _overrides.GetValueOrDefault(id)?.Url;

    public IWebhookTarget? Find(WebhookItem item)
    {
        if (!_unsubscribed.IsEmpty && !IsSubscribed(item.AccountId))
        {
            return null;
        }

        if (_overrides.IsEmpty || item.Field is not WebhookItem.Messages)
        {
            return _app;
        }

        return (item.NumberId is { } number && _overrides.TryGetValue(number, out var target)) || _overrides.TryGetValue(item.AccountId, out target)
            ? target
            : _app;
    }
}
