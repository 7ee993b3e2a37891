using NodaTime;
using WhatsSession.Options;

namespace WhatsSession;

/// <summary>The templates of the WhatsApp Business Account that a business number belongs to. It is a handle and holds no state.</summary>
/// <remarks>Thread safe and cheap to make. What Meta would refuse is found before a request is made. Failures are returned, not thrown.</remarks>
public sealed class BusinessTemplates
{
    private readonly NumberSettings _number;
    private readonly GraphClient _graph;

    internal BusinessTemplates(NumberSettings number, GraphClient graph)
    {
        _number = number;
        _graph = graph;
    }

    /// <summary>
    /// Creates a template and submits it for Meta's review. The event <see cref="TemplateStatusChanged"/> tells the result of the review. A draft in which
    /// <see cref="TemplateDraft.Check"/> finds a mistake is not sent; the error lists the mistakes.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the template.</param>
    /// <exception cref="ArgumentException">A text of the template that must be JSON is not valid JSON.</exception>
    /// <exception cref="InvalidOperationException">The options name no WhatsApp Business Account for the number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<CreatedTemplate>> CreateAsync(TemplateDraft template, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        var account = Account();
        return template.Check() is { Count: > 0 } violations
            ? Task.FromResult(GraphResult.NotSent<CreatedTemplate>(violations))
            : _graph.Templates.CreateAsync(account, template, _number.Token, cancellationToken);
    }

    /// <summary>Lists all templates of the account. Each page is requested when the enumeration reaches it.</summary>
    /// <param name="cancellationToken">Ends the list.</param>
    /// <exception cref="InvalidOperationException">The options name no WhatsApp Business Account for the number.</exception>
    /// <exception cref="GraphErrorException">While reading: Meta refused a request, or could not be reached.</exception>
    /// <exception cref="OperationCanceledException">While reading: the token was cancelled.</exception>
    public IAsyncEnumerable<TemplateDefinition> ListAsync(CancellationToken cancellationToken = default) => ListAsync(new TemplateQuery(), cancellationToken);

    /// <summary>Lists templates of the account. Each page is requested when the enumeration reaches it.</summary>
    /// <param name="query">Which templates to list.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    /// <exception cref="InvalidOperationException">The options name no WhatsApp Business Account for the number.</exception>
    /// <exception cref="GraphErrorException">While reading: Meta refused a request, or could not be reached.</exception>
    /// <exception cref="OperationCanceledException">While reading: the token was cancelled.</exception>
    public IAsyncEnumerable<TemplateDefinition> ListAsync(TemplateQuery query, CancellationToken cancellationToken = default) =>
        _graph.Templates.ListAsync(Account(), query, _number.Token, cancellationToken);

    /// <summary>Finds a template by its name and language, the two that a template message names.</summary>
    /// <param name="name">The name.</param>
    /// <param name="language">The code of the language.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the account has no such template.</returns>
    /// <exception cref="InvalidOperationException">The options name no WhatsApp Business Account for the number.</exception>
    /// <exception cref="GraphErrorException">Meta refused a request, or could not be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<TemplateDefinition?> FindAsync(string name, string language, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(language);

        // Meta finds parts of names too.
        await foreach (var template in ListAsync(new TemplateQuery { Name = name, Language = language }, cancellationToken).ConfigureAwait(false))
        {
            if (template.Name == name && template.Language == language)
            {
                return template;
            }
        }

        return null;
    }

    /// <summary>Reads one template.</summary>
    /// <param name="templateId">Meta's id of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="templateId"/> is not an id: 1 to 32 digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<TemplateDefinition>> GetAsync(string templateId, CancellationToken cancellationToken = default) =>
        _graph.Templates.GetAsync(templateId, _number.Token, cancellationToken);

    /// <summary>
    /// Changes a template. Meta then reviews it again. A change in which <see cref="TemplateEdit.Check"/> finds a mistake is not sent; the error lists the
    /// mistakes.
    /// </summary>
    /// <param name="templateId">Meta's id of it.</param>
    /// <param name="edit">What changes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="templateId"/> is not an id: 1 to 32 digits; or a text that must be JSON is not valid JSON.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> EditAsync(string templateId, TemplateEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return edit.Check() is { Count: > 0 } violations
            ? Task.FromResult(GraphResult.NotSent(violations))
            : _graph.Templates.EditAsync(templateId, edit, _number.Token, cancellationToken);
    }

    /// <summary>Deletes a template in all its languages. Its name cannot be used for 30 days.</summary>
    /// <param name="name">The name of the template.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The options name no WhatsApp Business Account for the number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        _graph.Templates.DeleteAsync(Account(), name, _number.Token, cancellationToken);

    /// <summary>Deletes a template in one language.</summary>
    /// <param name="name">The name of the template.</param>
    /// <param name="templateId">Meta's id of it in that language.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="templateId"/> is not an id: 1 to 32 digits.</exception>
    /// <exception cref="InvalidOperationException">The options name no WhatsApp Business Account for the number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteAsync(string name, string templateId, CancellationToken cancellationToken = default) =>
        _graph.Templates.DeleteAsync(Account(), name, templateId, _number.Token, cancellationToken);

    /// <summary>Ends the pause of a template that Meta paused. If Meta refuses, the message of the error is Meta's reason.</summary>
    /// <param name="templateId">Meta's id of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="templateId"/> is not an id: 1 to 32 digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> UnpauseAsync(string templateId, CancellationToken cancellationToken = default) =>
        _graph.Templates.UnpauseAsync(templateId, _number.Token, cancellationToken);

    /// <summary>Compares two templates of the account over the same period.</summary>
    /// <param name="templateId">Meta's id of the first template.</param>
    /// <param name="otherTemplateId">Meta's id of the second template.</param>
    /// <param name="start">The start of the period, in whole seconds.</param>
    /// <param name="end">The end of the period: 7, 30, 60 or 90 days after the start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">
    /// An id is not valid, or <paramref name="end"/> is not 7, 30, 60 or 90 days after <paramref name="start"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<TemplateComparison>> CompareAsync(
        string templateId, string otherTemplateId, Instant start, Instant end, CancellationToken cancellationToken = default) =>
        _graph.Templates.CompareAsync(templateId, otherTemplateId, start, end, _number.Token, cancellationToken);

    private BusinessAccountId Account() => _number.Account
        ?? throw new InvalidOperationException(
            $"The number \"{_number.Name}\" has no WhatsApp Business Account, to which templates belong: set "
            + $"WhatsSession:Numbers:{_number.Name}:BusinessAccountId, or give businessAccountId to Numbers.Add.");
}
