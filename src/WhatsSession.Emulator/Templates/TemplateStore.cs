using System.Globalization;
using System.Security.Cryptography;
using WhatsSession.Emulator.Clock;

namespace WhatsSession.Emulator.Templates;

/// <summary>The templates of every account. Thread safe.</summary>
internal sealed class TemplateStore
{
    private static readonly TimeSpan NameBlocked = TimeSpan.FromDays(30);

    private readonly MetaTime _time;
    private readonly List<EmulatedTemplate> _known;
    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);
    private readonly object _gate = new();
    private readonly List<Template> _templates = [];
    private readonly Dictionary<(string AccountId, string Name), DateTimeOffset> _deleted = [];
    private long _last = RandomNumberGenerator.GetInt32(1_000_000, 9_999_999) * 1_000_000L;

    /// <param name="time">Meta's.</param>
    /// <param name="known">The templates of every account from its start.</param>
    public TemplateStore(MetaTime time, IReadOnlyList<EmulatedTemplate> known)
    {
        _time = time;
        _known = [.. known];
    }

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
            _known.RemoveAll(t => t.Is(template.Name, template.Language));
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
            return _deleted.TryGetValue((accountId, name), out var at) && _time.Now < at + NameBlocked;
        }
    }

    /// <summary>Gives a template an id and keeps it.</summary>
    /// <returns>Null when the account has one of that name in that language.</returns>
    public Template? Create(Template template)
    {
        lock (_gate)
        {
            if (Find(template.AccountId, template.Name, template.Language) is not null)
            {
                return null;
            }

            template = template with { Id = NewId() };
            _templates.Add(template);
            return template;
        }
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

    public IReadOnlyList<Template> Delete(string accountId, Predicate<Template> which)
    {
        lock (_gate)
        {
            var gone = _templates.FindAll(t => string.Equals(t.AccountId, accountId, StringComparison.Ordinal) && which(t));
            foreach (var template in gone)
            {
                _templates.Remove(template);
                _deleted[(accountId, template.Name)] = _time.Now;
            }

            return gone;
        }
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
