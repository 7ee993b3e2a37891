using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>The templates of every account. Thread safe.</summary>
internal sealed class TemplateStore
{
    private static readonly TimeSpan NameBlocked = TimeSpan.FromDays(30);

    private readonly MetaSide _meta;
    private readonly List<EmulatedTemplate> _known;
    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);
    private readonly object _gate = new();
    private readonly List<Template> _templates = [];
    private readonly Dictionary<(string AccountId, string Name), DateTimeOffset> _deleted = [];
    private long _last = RandomNumberGenerator.GetInt32(1_000_000, 9_999_999) * 1_000_000L;

    public TemplateStore(MetaSide meta, EmulatorOptions options)
    {
        _meta = meta;
        ApprovedAfter = options.TemplatesApprovedAfter;
        _known = [.. options.Templates];
    }

    /// <summary>How long the review takes; null for one that never ends by itself.</summary>
    public TimeSpan? ApprovedAfter { get; set; }

    /// <summary>Gives a new account the templates known from the start.</summary>
    public void AddAccount(string accountId)
    {
        lock (_gate)
        {
            if (_accounts.Add(accountId))
            {
                _templates.AddRange(_known.Select(t => Made(t, accountId)));
            }
        }
    }

    /// <summary>Gives every account a template, in place of one with the same name and language.</summary>
    public void Add(EmulatedTemplate template)
    {
        lock (_gate)
        {
            _known.RemoveAll(t => string.Equals(t.Name, template.Name, StringComparison.Ordinal) && string.Equals(t.Language, template.Language, StringComparison.Ordinal));
            _known.Add(template);
            _templates.RemoveAll(t => t.Is(template.Name, template.Language));
            _templates.AddRange(_accounts.Select(a => Made(template, a)));
        }
    }

    /// <returns>The template of this name and language in every account that has it.</returns>
    public IReadOnlyList<Template> FindAll(string name, string language)
    {
        lock (_gate)
        {
            return _templates.FindAll(t => t.Is(name, language));
        }
    }

    /// <summary>Gives a template a status in every account that has it and tells the business.</summary>
    public Task SetStatusOfAllAsync(string name, string language, string status) =>
        Task.WhenAll(FindAll(name, language).Select(t => SetStatusAsync(t.Id, status, status is "REJECTED" ? "INVALID_FORMAT" : "NONE")));

    public IReadOnlyList<Template> Of(string accountId)
    {
        lock (_gate)
        {
            return _templates.FindAll(t => string.Equals(t.AccountId, accountId, StringComparison.Ordinal));
        }
    }

    public Template? Find(string accountId, string name, string language)
    {
        lock (_gate)
        {
            foreach (var template in _templates)
            {
                if (template.Is(name, language) && string.Equals(template.AccountId, accountId, StringComparison.Ordinal))
                {
                    return template;
                }
            }

            return null;
        }
    }

    public Template? FindById(string id)
    {
        lock (_gate)
        {
            return _templates.Find(t => string.Equals(t.Id, id, StringComparison.Ordinal));
        }
    }

    /// <summary>Whether a name was deleted so lately that it cannot be used.</summary>
    public bool IsBlocked(string accountId, string name)
    {
        lock (_gate)
        {
            return _deleted.TryGetValue((accountId, name), out var at) && _meta.Now < at + NameBlocked;
        }
    }

    /// <returns>Null when the account has one of that name in that language.</returns>
    public Template? Create(string accountId, string name, string language, string category, TemplateShape shape, int? ttlSeconds)
    {
        Template template;
        lock (_gate)
        {
            if (Find(accountId, name, language) is not null)
            {
                return null;
            }

            template = new()
            {
                Id = NewId(),
                AccountId = accountId,
                Name = name,
                Language = language,
                Category = category,
                Status = ApprovedAfter == TimeSpan.Zero ? "APPROVED" : "PENDING",
                Shape = shape,
                TtlSeconds = ttlSeconds,
            };
            _templates.Add(template);
        }

        Review(template);
        return template;
    }

    /// <summary>Changes a template, if it is still there.</summary>
    /// <returns>The template as it is now.</returns>
    public Template? Update(string id, Func<Template, Template> change)
    {
        lock (_gate)
        {
            var index = _templates.FindIndex(t => string.Equals(t.Id, id, StringComparison.Ordinal));
            return index < 0 ? null : _templates[index] = change(_templates[index]);
        }
    }

    /// <summary>Gives a template a status and tells the business.</summary>
    /// <param name="id">The template.</param>
    /// <param name="status">One of Meta's.</param>
    /// <param name="reason">Why it was rejected; <c>NONE</c> otherwise.</param>
    public Task SetStatusAsync(string id, string status, string reason) =>
        Update(id, t => t with { Status = status, RejectedReason = reason }) is { } template ? TellAsync(template, status, reason) : Task.CompletedTask;

    /// <summary>Puts a new or changed template before Meta's review, which approves it.</summary>
    public void Review(Template template)
    {
        if (ApprovedAfter == TimeSpan.Zero)
        {
            _ = SetStatusAsync(template.Id, "APPROVED", "NONE");
        }
        else if (ApprovedAfter is { } after)
        {
            _meta.Clock.CreateTimer(_ => Approve(template.Id), null, after, Timeout.InfiniteTimeSpan);
        }
    }

    public IReadOnlyList<Template> Delete(string accountId, Predicate<Template> which)
    {
        lock (_gate)
        {
            var gone = _templates.FindAll(t => string.Equals(t.AccountId, accountId, StringComparison.Ordinal) && which(t));
            foreach (var template in gone)
            {
                _templates.Remove(template);
                _deleted[(accountId, template.Name)] = _meta.Now;
            }

            return gone;
        }
    }

    private void Approve(string id)
    {
        if (FindById(id) is { Status: "PENDING" })
        {
            _ = SetStatusAsync(id, "APPROVED", "NONE");
        }
    }

    private Task TellAsync(Template template, string status, string reason)
    {
        _meta.Changes.Tell();
        return _meta.Pump.EnqueueAsync(new()
        {
            Kind = "message_template_status_update:" + status.ToLowerInvariant(),
            AccountId = template.AccountId,
            MessageId = template.Id,
            Field = "message_template_status_update",
            Array = null,
            Element = WireJson.Fragment((template, status, reason), static (json, s) => WriteStatus(json, s.template, s.status, s.reason)),
        });
    }

    /// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update, read 10 March 2026.</remarks>
    private static void WriteStatus(Utf8JsonWriter json, Template template, string status, string reason)
    {
        json.WriteStartObject();
        json.WriteString("event", status);
        json.WriteNumber("message_template_id", long.Parse(template.Id, CultureInfo.InvariantCulture));
        json.WriteString("message_template_name", template.Name);
        json.WriteString("message_template_language", template.Language);
        json.WriteString("reason", reason);
        json.WriteString("message_template_category", template.Category);
        if (status is "PAUSED" or "DISABLED")
        {
            json.WriteStartObject("other_info");
            json.WriteString("title", status is "PAUSED" ? "FIRST_PAUSE" : "DISABLED");
            json.WriteString("description", status is "PAUSED" ? "Paused for three hours." : "Disabled.");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private Template Made(EmulatedTemplate template, string accountId) => new()
    {
        Id = NewId(),
        AccountId = accountId,
        Name = template.Name,
        Language = template.Language,
        Category = template.Category,
        Status = template.Status,
        Shape = template.Shape,
    };

    private string NewId() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
}
