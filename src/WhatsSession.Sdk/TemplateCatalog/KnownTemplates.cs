using System.Collections.Concurrent;
using NodaTime;
using WhatsSession.Options;
using WhatsSession.Time;

namespace WhatsSession.TemplateCatalog;

/// <summary>The templates that Meta told of lately: by name for those that somebody looks after, by account for those that choose among all.</summary>
internal sealed class KnownTemplates(GraphClient graph, TimeProvider clock)
{
    /// <summary>For so long a definition is taken for Meta's own. Other hosts may hear of changes that this one does not.</summary>
    public static readonly Duration TrustedFor = Duration.FromMinutes(15);

    private static readonly Duration ListedFor = Duration.FromMinutes(1);

    private readonly ConcurrentDictionary<(BusinessAccountId Account, string Name), Known> _byName = new();
    private readonly ConcurrentDictionary<BusinessAccountId, Listing> _lists = new();

    // The lists that came in, until a webhook tells that they are out of date.
    private readonly ConcurrentDictionary<BusinessAccountId, Known> _all = new();

    /// <summary>The template in all its languages as it was looked up last; null when it was not.</summary>
    public IReadOnlyList<TemplateDefinition>? Find(BusinessAccountId account, string name) =>
        _byName.TryGetValue((account, name), out var known) ? known.Languages : null;

    /// <summary>The definition that a message names, if it was heard of lately enough to rely on it.</summary>
    public TemplateDefinition? Find(BusinessAccountId account, TemplateMessage message)
    {
        var now = clock.GetInstant();
        var languages = _byName.TryGetValue((account, message.Name), out var known) && now - known.AsOf <= TrustedFor ? known.Languages
            : _all.TryGetValue(account, out var all) && now - all.AsOf <= TrustedFor ? all.Languages
            : [];
        return languages.FirstOrDefault(template => string.Equals(template.Name, message.Name, StringComparison.Ordinal)
            && IsSame(template.Language, message.Language));
    }

    /// <summary>Asks Meta for a template in all its languages.</summary>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    public async Task<IReadOnlyList<TemplateDefinition>> LookUpAsync(
        NumberSettings number, BusinessAccountId account, string name, CancellationToken cancellationToken)
    {
        var languages = new List<TemplateDefinition>();
        await foreach (
            var template in graph.Templates.ListAsync(account, new TemplateQuery { Name = name }, number.Token, cancellationToken).ConfigureAwait(false))
        {
            // Meta finds parts of names too.
            if (string.Equals(template.Name, name, StringComparison.Ordinal))
            {
                languages.Add(template);
            }
        }

        _byName[(account, name)] = new Known(languages, clock.GetInstant());
        return languages;
    }

    /// <summary>All templates of an account, asked for at most once a minute.</summary>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    public async Task<IReadOnlyList<TemplateDefinition>> ListAsync(NumberSettings number, BusinessAccountId account, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        if (!_lists.TryGetValue(account, out var list) || now - list.AsOf >= ListedFor)
        {
            // Whoever asks meanwhile waits for the same answer, so one who gives up does not end it.
            list = new Listing(ReadAllAsync(number, account), now);
            _lists[account] = list;
        }

        try
        {
            return await list.Templates.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (GraphErrorException)
        {
            _lists.TryRemove(KeyValuePair.Create(account, list));
            throw;
        }
    }

    /// <summary>Takes over what a webhook tells of a template.</summary>
    /// <returns>Whether the template has to be looked up to know what it is now.</returns>
    public bool Note(BusinessAccountId account, TemplateEvent told)
    {
        _lists.TryRemove(account, out _);
        _all.TryRemove(account, out _);
        if (!_byName.TryGetValue((account, told.TemplateName), out var known))
        {
            return false;
        }

        var index = known.Languages.ToList().FindIndex(template => IsSame(template.Language, told.Language));
        if (index < 0 || Apply(known.Languages[index], told) is not { } changed)
        {
            return true;
        }

        var languages = known.Languages.ToArray();
        languages[index] = changed;
        _byName.TryUpdate((account, told.TemplateName), new Known(languages, clock.GetInstant()), known);
        return false;
    }

    /// <summary>Whether two codes name one language: Meta's webhooks have been seen with a hyphen.</summary>
    public static bool IsSame(string language, string other) =>
        string.Equals(language.Replace('-', '_'), other.Replace('-', '_'), StringComparison.OrdinalIgnoreCase);

    private static TemplateDefinition? Apply(TemplateDefinition template, TemplateEvent told) => told switch
    {
        TemplateStatusChanged status when status.Status == TemplateStatus.Reinstated => template with { Status = TemplateStatus.Approved },
        TemplateStatusChanged status => template with { Status = status.Status },
        TemplateCategoryChanged { IsImpending: false } category => template with { PreviousCategory = category.Previous, Category = category.Current },
        TemplateCategoryChanged => template,
        TemplateQualityChanged quality => template with { Quality = quality.Current },
        _ => null,
    };

    private async Task<IReadOnlyList<TemplateDefinition>> ReadAllAsync(NumberSettings number, BusinessAccountId account)
    {
        var templates = new List<TemplateDefinition>();
        await foreach (
            var template in graph.Templates.ListAsync(
                account, new TemplateQuery { PageSize = 100 }, number.Token, CancellationToken.None).ConfigureAwait(false))
        {
            templates.Add(template);
        }

        _all[account] = new Known(templates, clock.GetInstant());
        return templates;
    }

    private sealed record Known(IReadOnlyList<TemplateDefinition> Languages, Instant AsOf);

    private sealed record Listing(Task<IReadOnlyList<TemplateDefinition>> Templates, Instant AsOf);
}
